"""The eleven questions, in the order of the notebook."""

from autograder.student.questions import Question

MODULES = ("conv", "pool")
# Plain nested loops are right, and need more time than windows.
LOOPS = 6.0

QUESTIONS = (
    Question("conv1d_output_size", "conv.get_conv1d_output_size", "Question 1.1"),
    Question("conv1d_forward", "conv.Conv1d.forward", "Question 1.2", seconds=LOOPS),
    Question("conv1d_backward", "conv.Conv1d.backward", "Question 1.3", seconds=LOOPS),
    Question("conv2d_forward", "conv.Conv2d.forward", "Question 2.1", seconds=LOOPS),
    Question("conv2d_backward", "conv.Conv2d.backward", "Question 2.2", seconds=LOOPS),
    Question(
        "maxpool2d_forward", "pool.MaxPool2d.forward", "Question 3.1", seconds=LOOPS
    ),
    Question(
        "maxpool2d_backward", "pool.MaxPool2d.backward", "Question 3.2", seconds=LOOPS
    ),
    Question(
        "avgpool2d_forward", "pool.AvgPool2d.forward", "Question 3.3", seconds=LOOPS
    ),
    Question(
        "avgpool2d_backward", "pool.AvgPool2d.backward", "Question 3.4", seconds=LOOPS
    ),
    Question("flatten_forward", "pool.Flatten.forward", "Questions 3.5 and 3.6"),
    Question("flatten_backward", "pool.Flatten.backward", "Questions 3.5 and 3.6"),
)
