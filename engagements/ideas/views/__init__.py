"""Pages of ideas, and the page behind the link of the person who is asked."""
