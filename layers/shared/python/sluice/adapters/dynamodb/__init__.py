"""DynamoDB: the rows of the product, read and written by key, never scanned."""
