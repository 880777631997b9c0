"""What people do, one function a verb. Each opens `store.change()`, asks `rules`, writes, and is done."""
