"""The nine questions, in the order of the notebook."""

from autograder.student.questions import Question

MODULES = ("training",)

QUESTIONS = (
    Question("sgd_step", "training.SGD.step", "Question 1.1"),
    Question("adam_step", "training.Adam.step", "Question 1.2"),
    Question("adamw_step", "training.AdamW.step", "Question 1.3"),
    Question("clip_grad_norm", "training.clip_grad_norm_", "Question 2.1"),
    Question("cosine_lr", "training.cosine_lr", "Question 2.2"),
    Question("kaiming_uniform", "training.kaiming_uniform_", "Question 3.1"),
    Question("xavier_uniform", "training.xavier_uniform_", "Question 3.2"),
    Question("dropout_forward", "training.Dropout.forward", "Question 4.1"),
    Question("dropout_backward", "training.Dropout.backward", "Question 4.2"),
)
