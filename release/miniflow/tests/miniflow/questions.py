"""The sixteen questions, in the order of the notebook.

`after` names what the example beside a question runs; its check asks for nothing.
"""

from autograder.student.questions import Question

MODULES = ("miniflow",)

RUN = ("topological_sort", "forward_pass")

QUESTIONS = (
    Question("input", "miniflow.Input.forward", "Question 1"),
    Question("topological_sort", "miniflow.topological_sort", "Question 2"),
    Question(
        "forward_pass", "miniflow.forward_pass", "Question 3", ("topological_sort",)
    ),
    Question("add_forward", "miniflow.Add.forward", "Question 4", ("input", *RUN)),
    Question("mul_forward", "miniflow.Mul.forward", "Question 5", ("input", *RUN)),
    Question(
        "linear_forward", "miniflow.Linear.forward", "Question 6", ("input", *RUN)
    ),
    Question(
        "sigmoid_forward",
        "miniflow.Sigmoid.forward",
        "Question 7",
        ("input", *RUN, "linear_forward"),
    ),
    Question("mse_forward", "miniflow.MSE.forward", "Question 8", ("input", *RUN)),
    Question("add_backward", "miniflow.Add.backward", "Question 9"),
    Question("mul_backward", "miniflow.Mul.backward", "Question 10"),
    Question("input_backward", "miniflow.Input.backward", "Question 11"),
    Question(
        "forward_and_backward",
        "miniflow.forward_and_backward",
        "Question 12",
        (
            "input",
            "topological_sort",
            "add_forward",
            "mul_forward",
            "add_backward",
            "mul_backward",
            "input_backward",
        ),
    ),
    Question("mse_backward", "miniflow.MSE.backward", "Question 13"),
    Question("sigmoid_backward", "miniflow.Sigmoid.backward", "Question 14"),
    Question("linear_backward", "miniflow.Linear.backward", "Question 15"),
    Question("sgd_update", "miniflow.sgd_update", "Question 16"),
)
