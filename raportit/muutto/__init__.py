"""One kunta's whole data as a file that another installation takes in."""
