"""What is made of a book: takes, exports, and the tasks that make them."""
