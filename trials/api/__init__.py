"""The door for programs: JSON and CSV of what the pages show, described by OpenAPI. Never writes or logs a query."""
