"""The flow decoder: invertible, and honest about volume."""

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from kosorong.training.glow_tts.decoder import (
    ActNorm,
    AffineCoupling,
    GroupedInvertibleConvolution,
    SqueezedFlow,
)


def disturb(module: nn.Module) -> Any:
    """Move every weight away from its start, so that nothing is the identity."""
    torch.manual_seed(5)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)
    return module.eval()


def flow() -> SqueezedFlow:
    return disturb(SqueezedFlow(4, blocks=3, hidden=8, layers=2, speaker_channels=3))


@pytest.fixture
def speaker() -> Tensor:
    torch.manual_seed(1)
    return torch.randn(2, 3)


def mask_of(lengths: list[int], longest: int) -> Tensor:
    return (torch.arange(longest)[None] < torch.tensor(lengths)[:, None]).float()[:, None]


def test_inverse_undoes_forward(speaker: Tensor) -> None:
    model, mask = flow(), mask_of([10, 6], 10)
    mel = torch.randn(2, 4, 10) * mask
    latent, _ = model(mel, mask, speaker)
    assert not torch.allclose(latent, mel, atol=0.1)
    torch.testing.assert_close(model.inverse(latent, mask, speaker), mel, atol=1e-4, rtol=1e-4)


def test_log_determinant_is_that_of_the_jacobian(speaker: Tensor) -> None:
    model, mask = flow().double(), torch.ones(1, 1, 4).double()
    told = speaker[:1].double()
    mel = torch.randn(1, 4, 4).double()
    _, log_det = model(mel, mask, told)
    jacobian = torch.autograd.functional.jacobian(
        lambda x: model(x.view(1, 4, 4), mask, told)[0].flatten(), mel.flatten()
    )
    expected = torch.linalg.slogdet(jacobian)[1]
    torch.testing.assert_close(log_det[0], expected, atol=1e-5, rtol=1e-5)


def test_padding_changes_nothing_inside(speaker: Tensor) -> None:
    model = flow()
    mel = torch.randn(1, 4, 6)
    short, det = model(mel, torch.ones(1, 1, 6), speaker[:1])
    padded = torch.cat([mel, torch.zeros(1, 4, 4)], 2)
    long, det_padded = model(padded, mask_of([6], 10), speaker[:1])
    torch.testing.assert_close(long[:, :, :6], short)
    torch.testing.assert_close(det_padded, det)


def test_actnorm_starts_with_zero_mean_and_unit_variance_inside_the_mask() -> None:
    norm, mask = ActNorm(3), mask_of([20, 7], 20)
    x = (torch.randn(2, 3, 20) * 4 + 2) * mask
    norm.start(x, mask)
    out, _ = norm(x, mask)
    inside = out.transpose(0, 1)[:, mask[:, 0].bool()]
    torch.testing.assert_close(inside.mean(1), torch.zeros(3), atol=1e-5, rtol=0)
    torch.testing.assert_close(inside.var(1, correction=0), torch.ones(3), atol=1e-4, rtol=0)


def test_a_coupling_starts_as_the_identity(speaker: Tensor) -> None:
    coupling = AffineCoupling(4, 8, 2, 3, 3, 0.0)
    x = torch.randn(2, 4, 5)
    out, log_det = coupling(x, torch.ones(2, 1, 5), speaker)
    torch.testing.assert_close(out, x)
    assert log_det.tolist() == [0.0, 0.0]


def test_the_convolution_mixes_both_halves_and_starts_with_unit_volume() -> None:
    torch.manual_seed(0)
    mix = GroupedInvertibleConvolution(4)
    x = torch.zeros(1, 8, 1)
    x[0, 0] = 1.0
    out, log_det = mix(x, torch.ones(1, 1, 1))
    touched = out[0, :, 0].nonzero().flatten().tolist()
    assert any(c < 4 for c in touched)
    assert any(c >= 4 for c in touched)
    assert log_det.item() == pytest.approx(0.0, abs=1e-5)
