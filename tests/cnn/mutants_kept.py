"""The mutants of cnn that may survive, each with the reason why."""

UNKNOWN_LENGTH = "= numpy takes every negative number for the length it should find"

FIRST = "first = np.argmax(window.reshape(*window.shape[:2], {}), axis=2)"
FLAT = "return np.reshape(x, (len(x), {}))"
KEPT = {
    (place, line.format("-1"), line.format(number)): UNKNOWN_LENGTH
    for place, line in (
        ("pool.MaxPool2d.backward", FIRST),
        ("pool.Flatten.forward", FLAT),
    )
    for number in ("~1", "- 2")
}
