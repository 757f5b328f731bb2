"""Load that asks nothing twice, so that no answer is found kept."""

from .load import load


class Fresh:
    """Asks one server. `form` makes a request of a number, and each number is used once."""

    def __init__(self, url, form):
        self.url = url
        self.form = form
        self.number = 0
        # How many forms are written down for a second of load.
        self.each_second = 2_000

    def load(self, seconds, connections=8):
        """As `measure.load.load`; a load that ran out of forms is done again with more of them."""
        while True:
            until = self.number + self.each_second * seconds
            forms = [self.form(number) for number in range(self.number, until)]
            self.number = until
            found = load(self.url, forms, seconds, connections)
            if not found["again"]:
                return found
            self.each_second *= 2

    def rate(self, seconds):
        """Answers a second, to eight who ask at once."""
        return self.load(seconds)["rate"]

    def p50(self, seconds):
        """How long one waits who asks alone."""
        return self.load(seconds, connections=1)["p50"]
