"""What people type about reviews; forms never write."""
