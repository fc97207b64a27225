"""What the newsroom, its readers and its subscribers are promised, each as a test that fails when it is broken."""
