"""Map, matrix, strips and pyramid as pictures for documents."""
