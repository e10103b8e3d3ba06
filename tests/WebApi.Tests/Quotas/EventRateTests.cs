using Dwapi.Grains.Tests.Runtime;
using Dwapi.WebApi.Quotas;

namespace Dwapi.WebApi.Tests.Quotas;

/// <summary>Credits of a tenant's edges by its rate.</summary>
public sealed class EventRateTests
{
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Take_WhateverIsWanted_GivesTheRateAndNoMore(int links)
    {
        var rate = Rate(100, links);
        var given = 0;
        for (var step = 0; step < 400; step++)
        {
            _clock.Advance(EventRate.Pause);
            for (var link = 0; link < links; link++)
            {
                given += rate.Take(1000);
            }
        }

        // Ten seconds of the rate, and the store of a tenth of one at most.
        Assert.InRange(given, 970, 1010);
    }

    [Fact]
    public void Take_OfSeveralLinks_GivesEachItsPart()
    {
        var rate = Rate(100, 4);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, rate.Take(1000));
    }

    [Fact]
    public void Begin_IsTakenInAdvanceAndWaitedForLater()
    {
        var rate = Rate(100, 1);
        Assert.Equal(25, rate.Begin(4000));
        Assert.Equal(0, rate.Take(1000));
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(0, rate.Take(1000));
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(5, rate.Take(1000));
    }

    [Fact]
    public void Begin_OfAShareOfNothing_GivesOneCredit_SoThatTheLinkCanGoOn() => Assert.Equal(1, Rate(0, 3).Begin(4000));

    [Fact]
    public void Charge_BeyondASecond_IsOverdrawnUntilTheRateHasCaughtUp()
    {
        var rate = Rate(10, 1);
        for (var i = 0; i < 12; i++)
        {
            rate.Charge();
        }

        Assert.True(rate.IsOverdrawn);
        _clock.Advance(TimeSpan.FromMilliseconds(300));
        Assert.False(rate.IsOverdrawn);
    }

    private EventRate Rate(double perSecond, int links)
    {
        var rate = new EventRate(_clock);
        rate.CountLink(links);
        rate.Set(perSecond);
        return rate;
    }
}
