"""The nine questions, in the order of the notebook."""

from autograder.student.questions import Question

MODULES = ("cell", "recurrent", "gates")

QUESTIONS = (
    Question("rnn_cell_forward", "recurrent.RNNCell.forward", "Question 1.1"),
    Question("rnn_cell_backward", "recurrent.RNNCell.backward", "Question 1.2"),
    Question(
        "rnn_forward",
        "recurrent.RNN.forward",
        "Question 2.1",
        after=("rnn_cell_forward",),
    ),
    Question(
        "rnn_backward",
        "recurrent.RNN.backward",
        "Question 2.2",
        after=("rnn_cell_forward", "rnn_cell_backward", "rnn_forward"),
    ),
    Question("gru_cell_forward", "gates.GRUCell.forward", "Question 3.1"),
    Question(
        "gru_cell_backward",
        "gates.GRUCell.backward",
        "Question 3.2",
        after=("gru_cell_forward",),
    ),
    Question("lstm_cell_forward", "gates.LSTMCell.forward", "Question 3.3"),
    Question(
        "lstm_cell_backward",
        "gates.LSTMCell.backward",
        "Question 3.4",
        after=("lstm_cell_forward",),
    ),
    Question("clip_grad_norm", "recurrent.clip_grad_norm_", "Question 4"),
)
