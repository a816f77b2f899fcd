"""What a platform is asked to do, and how it answers: values only, whoever carries it out."""
