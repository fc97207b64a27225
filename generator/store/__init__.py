"""Copy the site to an object store: S3, or any other that fsspec knows."""
