namespace Zoo.Tests.Data;

/// <summary>Quarters of images, and what is left of them.</summary>
public class ImageQuadrantTests
{
    // 4 × 6, twice: the second image has what is 100 more.
    static readonly float[] Images = [.. Enumerable.Range(0, 48).Select(i => (float)(i % 24 + i / 24 * 100))];

    [Theory]
    [InlineData(Corner.UpperLeft, new[] { 0, 1, 2, 6, 7, 8 })]
    [InlineData(Corner.UpperRight, new[] { 3, 4, 5, 9, 10, 11 })]
    [InlineData(Corner.LowerLeft, new[] { 12, 13, 14, 18, 19, 20 })]
    [InlineData(Corner.LowerRight, new[] { 15, 16, 17, 21, 22, 23 })]
    public void TheQuarterIsInItsCornerAndTheRestInOrder(Corner corner, int[] pixels)
    {
        var quadrant = new ImageQuadrant(4, 6, corner);
        Assert.Equal((24, 6, 18), (quadrant.ImageSize, quadrant.Size, quadrant.RestSize));
        float[] quarters = new float[12], rests = new float[36], joined = new float[48];
        quadrant.Split(Images, quarters, rests);
        Assert.Equal(pixels.Concat(pixels.Select(p => p + 100)).Select(p => (float)p), quarters);
        var others = Enumerable.Range(0, 24).Except(pixels).ToArray();
        Assert.Equal(others.Concat(others.Select(p => p + 100)).Select(p => (float)p), rests);
        quadrant.Join(quarters, rests, joined);
        Assert.Equal(Images, joined);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Contains("got 3 × 4", Assert.Throws<ArgumentException>(() => new ImageQuadrant(3, 4, Corner.LowerLeft)).Message,
            StringComparison.Ordinal);
        Assert.Contains("got 4 × 0", Assert.Throws<ArgumentException>(() => new ImageQuadrant(4, 0, Corner.LowerLeft)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageQuadrant(4, 4, (Corner)4));
        var quadrant = new ImageQuadrant(4, 6, Corner.LowerLeft);
        Assert.Equal(
            "Expected a multiple of 24 pixels (one image), but got 47.",
            Assert.Throws<ArgumentException>(() => quadrant.Split(Images[..47], new float[12], new float[36])).Message);
        Assert.Equal(
            "Expected 12 pixels of quarters and 36 of their rests (2 images), but got 12 and 35.",
            Assert.Throws<ArgumentException>(() => quadrant.Join(new float[12], new float[35], Images)).Message);
    }
}
