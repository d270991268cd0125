"""The pages and mails of followed searches."""
