"""The thirteen questions, in the order of the notebook."""

from autograder.student.questions import Question

MODULES = ("attention", "embedding")

QUESTIONS = (
    Question("softmax_forward", "attention.Softmax.forward", "Question 1.1"),
    Question(
        "softmax_backward",
        "attention.Softmax.backward",
        "Question 1.2",
        after=("softmax_forward",),
    ),
    Question("causal_mask", "attention.causal_mask", "Question 2.1"),
    Question("pad_mask", "attention.pad_mask", "Question 2.2"),
    Question(
        "attention_forward",
        "attention.ScaledDotProductAttention.forward",
        "Question 2.3",
        after=("softmax_forward",),
    ),
    Question(
        "attention_backward",
        "attention.ScaledDotProductAttention.backward",
        "Question 2.4",
        after=("softmax_forward", "softmax_backward", "attention_forward"),
    ),
    Question("split_heads", "attention.split_heads", "Question 3.1"),
    Question("merge_heads", "attention.merge_heads", "Question 3.2"),
    Question(
        "multihead_forward",
        "attention.MultiHeadAttention.forward",
        "Question 3.3",
        after=("softmax_forward", "attention_forward", "split_heads", "merge_heads"),
    ),
    Question(
        "multihead_backward",
        "attention.MultiHeadAttention.backward",
        "Question 3.4",
        after=("attention_backward", "multihead_forward"),
    ),
    Question("embedding_forward", "embedding.Embedding.forward", "Question 4.1"),
    Question(
        "embedding_backward",
        "embedding.Embedding.backward",
        "Question 4.2",
        after=("embedding_forward",),
    ),
    Question(
        "positional_encoding",
        "embedding.PositionalEncoding.__init__",
        "Question 4.3",
    ),
)
