"""What calls may cost, checked before they are made."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass

from interviewer.chat.messages import ChatRequest, Usage
from interviewer.errors import BudgetExceeded, UsageError

BYTES_PER_TOKEN = 3
"""English takes 4 bytes a token, JSON and code 3, most other scripts 2 characters of 2-3 bytes."""

TOKENS_PER_MESSAGE = 8
"""What chat templates put around a message."""

_FORM = re.compile(r"\s*\$?\s*([0-9]+(?:\.[0-9]+)?)\s*(t|tokens|k|kt|usd|\$)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Price:
    """US dollars for a token of the prompt and of the reply."""

    per_token_in: float
    per_token_out: float

    def of(self, tokens_in: int, tokens_out: int) -> float:
        """The money for that many tokens."""
        return tokens_in * self.per_token_in + tokens_out * self.per_token_out


FREE = Price(0.0, 0.0)


@dataclass(frozen=True)
class Allowance:
    """A limit in US dollars or in tokens; one of the two is set."""

    money: float | None = None
    tokens: int | None = None

    @classmethod
    def parse(cls, text: str) -> Allowance:
        """ "0.50" is money in US dollars, "20000t" or "20k" are tokens. Raises UsageError."""
        found = _FORM.fullmatch(text)
        if found is None:
            raise UsageError(
                f"'{text}' is no budget",
                hint='Give money such as "0.50" or tokens such as "20000t".',
            )
        number, unit = float(found[1]), (found[2] or "").lower()
        if unit in ("t", "tokens"):
            return cls(tokens=int(number))
        return cls(tokens=int(number * 1000)) if unit in ("k", "kt") else cls(money=number)


def estimate(request: ChatRequest) -> tuple[int, int]:
    """Tokens of the prompt, estimated from above, and the most that the reply may have."""
    texts = [message.text for message in request.messages]
    if request.schema is not None:
        texts.append(str(dict(request.schema)))
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    return -(-size // BYTES_PER_TOKEN) + TOKENS_PER_MESSAGE * len(texts), request.max_tokens


class Budget:
    """What is left of an allowance; several models and many threads may draw on it."""

    def __init__(self, allowance: Allowance):
        self.allowance = allowance
        self.spent = Usage(cost=0.0)
        self._lock = threading.Condition()
        self._reserved = 0.0
        self._under_way = 0

    def check_price(self, model: str, price: Price | None) -> Price:
        """The price to reckon with. Raises UsageError if it is not known but money is counted."""
        if price is None and self.allowance.money is not None:
            raise UsageError(
                f"the price of '{model}' is not known, so a budget in money cannot be kept",
                hint="Give the budget in tokens, such as --budget 20000t; with the extra 'litellm' "
                "the prices of most hosted models are known.",
            )
        return price or FREE

    def reserve(self, request: ChatRequest, price: Price) -> float:
        """Set aside the most that the call may take; give it to `settle` when it is over.

        Raises BudgetExceeded, before anything is sent, if that is more than is left. What is left is
        known once the calls under way are settled: where it may then be enough, they are waited for.
        """
        needs = self._units(estimate(request), price)
        with self._lock:
            limit, taken = self._limit(), self._taken()
            while self._reserved and taken + needs <= limit < taken + self._reserved + needs:
                self._lock.wait()
                taken = self._taken()
            if taken + self._reserved + needs > limit:
                raise BudgetExceeded(
                    f"the next call may take {self._say(needs)}, and of the budget of "
                    f"{self._say(limit)} {self._say(taken)} is used",
                    hint="Raise --budget to go on with the model.",
                )
            self._reserved += needs
            self._under_way += 1
        return needs

    def settle(
        self, reserved: float, request: ChatRequest, price: Price, usage: Usage | None
    ) -> None:
        """Book what a call took. usage: None for a call that was refused before it cost anything.

        A reply that does not say what it took is booked as estimated.
        """
        with self._lock:
            self._reserved -= reserved
            self._under_way -= 1
            if not self._under_way:
                self._reserved = 0.0  # what is left over is what adding fractions loses
            self._lock.notify_all()
            if usage is None:
                return
            if not usage.tokens_in and not usage.tokens_out:
                into, out = estimate(request)
                usage = Usage(tokens_in=into, tokens_out=out, cost=usage.cost)
            if usage.cost is None:
                cost = price.of(usage.tokens_in, usage.tokens_out)
                usage = usage.model_copy(update={"cost": cost})
            self.spent += usage

    def _units(self, tokens: tuple[int, int], price: Price) -> float:
        return sum(tokens) if self.allowance.tokens is not None else price.of(*tokens)

    def _limit(self) -> float:
        allowed = self.allowance
        return float(allowed.tokens if allowed.tokens is not None else allowed.money or 0.0)

    def _taken(self) -> float:
        if self.allowance.tokens is not None:
            return self.spent.tokens_in + self.spent.tokens_out
        return self.spent.cost or 0.0

    def _say(self, units: float) -> str:
        in_tokens = self.allowance.tokens is not None
        return f"{units:,.0f} tokens" if in_tokens else f"${units:.4f}"
