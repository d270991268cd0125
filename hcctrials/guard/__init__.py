"""What stands between a request and the site: who asks (never kept), how often, and from where staff may come."""
