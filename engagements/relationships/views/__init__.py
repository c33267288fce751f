"""Pages that begin and change relationships; the page itself reads across parts."""
