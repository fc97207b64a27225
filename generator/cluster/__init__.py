"""Do batches of a build on other machines, through the workers of a Dask cluster."""
