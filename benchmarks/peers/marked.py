"""Tables that scripts write into Markdown files."""


def replace(path, begin, end, lines):
    """Replaces what stands between two marks, and prints it."""
    text = open(path).read()
    head, rest = text.split(begin)
    block = "\n".join([begin, *lines, end])
    open(path, "w").write(head + block + rest.split(end)[1])
    print(block)
