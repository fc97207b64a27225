"""The site in a store of objects: S3 and whatever else fsspec reaches."""
