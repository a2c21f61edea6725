"""Colours that the kunta chose can be read, on paper as on the screen."""

import pytest

from strategia.varit import AA, VALKOINEN, accent, contrast, text_on


def test_the_two_thresholds_of_linear_light_in_use_mean_the_same_for_every_colour_of_8_bits():
    """WCAG 2.1 writes 0.03928, sRGB itself 0.04045: frozen reports were drawn by the second, pages by the first."""
    assert [part for part in range(256) if 0.03928 < part / 255 <= 0.04045] == []


def test_contrast_runs_from_1_to_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


@pytest.mark.parametrize("vari", ["", "#ffe000", "#00357A", "#ffffff"])
def test_accent_is_read_on_white_and_its_ground_has_ink_that_is_read(vari):
    assert contrast(accent(vari), VALKOINEN) >= AA
    assert contrast(accent(vari), text_on(accent(vari))) >= AA


def test_a_colour_dark_enough_stays():
    assert accent("#00357A") == "#00357a"
