using Dwapi.Grains.Settings;
using Dwapi.WebApi.Doors;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Tests.Doors;

/// <summary>gotapi-1.1 section 10, 15: grant and accessToken per address and minute.</summary>
public sealed class AuthorizationRateTests
{
    private readonly Clock _clock = new();
    private readonly AuthorizationRate _rate;

    public AuthorizationRateTests() => _rate = new AuthorizationRate(Options.Create(new GotapiOptions { AuthorizationsPerMinute = 4 }), _clock);

    [Fact]
    public void TryEnter_OverTheLimit_IsRefused() => Assert.Equal([true, true, true, true, false], Enter(5));

    [Fact]
    public void TryEnter_OfAnotherAddress_HasALimitOfItsOwn()
    {
        Enter(4);

        Assert.True(_rate.TryEnter("192.0.2.2"));
    }

    [Fact]
    public void TryEnter_HalfAMinuteIntoTheNext_CountsHalfOfTheOneBefore()
    {
        Enter(4);
        _clock.Now += TimeSpan.FromSeconds(90);

        Assert.Equal([true, true, false], Enter(3));
    }

    [Fact]
    public void TryEnter_TwoMinutesLater_HasForgotten()
    {
        Enter(4);
        _clock.Now += TimeSpan.FromMinutes(2);

        Assert.Equal([true, true, true, true, false], Enter(5));
    }

    [Fact]
    public void TryEnter_AfterTheClockWasSetBack_BeginsAnew()
    {
        Enter(4);
        _clock.Now -= TimeSpan.FromHours(1);

        Assert.True(_rate.TryEnter("192.0.2.1"));
    }

    private bool[] Enter(int times) => [.. Enumerable.Range(0, times).Select(_ => _rate.TryEnter("192.0.2.1"))];

    /// <summary>Stands at the beginning of a minute until it is moved.</summary>
    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
