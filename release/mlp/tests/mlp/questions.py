"""The nine questions, in the order of the notebook."""

from autograder.student.questions import Question

MODULES = ("nn", "optim")

QUESTIONS = (
    Question("linear_forward", "nn.Linear.forward", "Question 1.1"),
    Question("relu_forward", "nn.ReLU.forward", "Question 1.2"),
    Question("sequential_forward", "nn.Sequential.forward", "Question 1.3"),
    Question("xeloss_forward", "nn.CrossEntropyLoss.forward", "Question 1.4"),
    Question("xeloss_backward", "nn.CrossEntropyLoss.backward", "Question 2.1"),
    Question("linear_backward", "nn.Linear.backward", "Question 2.2"),
    Question("relu_backward", "nn.ReLU.backward", "Question 2.3"),
    Question("sequential_backward", "nn.Sequential.backward", "Question 2.4"),
    Question("sgd", "optim.SGD.step", "Question 3"),
)
