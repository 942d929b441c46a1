"""A recogniser that listens to the training."""

import torch

from kosorong.training.glow_tts.listening import Listening
from kosorong.training.recogniser.model import Recogniser, RecogniserConfig


def listening() -> Listening:
    torch.manual_seed(0)
    return Listening(Recogniser(RecogniserConfig(channels=16, blocks=6), n_symbols=20))


def test_the_same_mel_is_heard_alike_and_another_is_not() -> None:
    listener, mel = listening(), torch.randn(2, 80, 40)
    mask = torch.ones(2, 1, 40)
    assert listener(mel, mel, mask).item() == 0.0
    near, far = (listener(mel + torch.randn_like(mel) * s, mel, mask).item() for s in (0.1, 1.0))
    assert 0.0 < near < far


def test_a_mel_that_is_too_soft_is_not_forgiven() -> None:
    listener, mel = listening(), torch.randn(1, 80, 40)
    assert listener(mel - 2.0, mel, torch.ones(1, 1, 40)).item() > 0.05


def test_its_gradient_reaches_the_mel_and_not_the_recogniser() -> None:
    listener = listening()
    made = torch.randn(1, 80, 40, requires_grad=True)
    listener.train()
    listener(made, torch.randn(1, 80, 40), torch.ones(1, 1, 40)).backward()
    assert made.grad is not None
    assert made.grad.abs().sum() > 0
    assert all(p.grad is None for p in listener.parameters())


def test_what_lies_behind_an_item_does_not_count() -> None:
    listener, mel = listening(), torch.randn(1, 80, 40)
    mask = torch.ones(1, 1, 40)
    padded = torch.cat([mel, torch.zeros(1, 80, 24)], 2)
    other = torch.cat([mel * 1.1, torch.full((1, 80, 24), 5.0)], 2)
    longer = torch.cat([mask, torch.zeros(1, 1, 24)], 2)
    torch.testing.assert_close(
        listener(other * longer, padded, longer), listener(mel * 1.1, mel, mask)
    )
