"""The sixteen questions, in the order of the notebook."""

from autograder.student.questions import Question

MODULES = ("autograd",)

QUESTIONS = (
    Question("unbroadcast", "autograd.unbroadcast", "Question 1.1"),
    Question("add", "autograd.Tensor.__add__", "Question 1.2"),
    Question("mul", "autograd.Tensor.__mul__", "Question 1.3"),
    Question("topological_order", "autograd.topological_order", "Question 2.1"),
    Question("backward", "autograd.Tensor.backward", "Question 2.2"),
    Question("matmul", "autograd.Tensor.__matmul__", "Question 3.1"),
    Question("sum", "autograd.Tensor.sum", "Question 3.2"),
    Question("mean", "autograd.Tensor.mean", "Question 3.3"),
    Question("reshape", "autograd.Tensor.reshape", "Question 3.4"),
    Question("transpose", "autograd.Tensor.transpose", "Question 3.5"),
    Question("getitem", "autograd.Tensor.__getitem__", "Question 3.6"),
    Question("relu", "autograd.Tensor.relu", "Question 4.1"),
    Question("exp", "autograd.Tensor.exp", "Question 4.2"),
    Question("log", "autograd.Tensor.log", "Question 4.3"),
    Question("tanh", "autograd.Tensor.tanh", "Question 4.4"),
    Question("cross_entropy", "autograd.cross_entropy", "Question 5.1"),
)
