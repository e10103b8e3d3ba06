using Dwapi.Edge.Link;
using Dwapi.Edge.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Tests.Link;

public sealed class LinkObserverTests : ILogger
{
    private readonly List<string> _lines = [];

    [Fact]
    public void Set_ChangeOfState_IsOneLineEach_AndAnotherTryIsNone()
    {
        var observer = new LinkObserver(new Uri("ws://host"), new ManualTime(), this);

        observer.Set(LinkState.Connecting);
        observer.Set(LinkState.Down, "not reached: refused");
        observer.Set(LinkState.Down, "not reached within 10 s");
        observer.Set(LinkState.Up);

        Assert.Equal(
            ["Link to ws://host/: Connecting", "Link to ws://host/: Down: not reached: refused", "Link to ws://host/: Up"],
            _lines);
    }

    [Fact]
    public void Set_SameStateForAnotherReason_KeepsSince()
    {
        var time = new ManualTime();
        var observer = new LinkObserver(new Uri("ws://host"), time, this);
        observer.Set(LinkState.Down, "one");
        var since = observer.Status.Since;
        time.Advance(TimeSpan.FromSeconds(30));

        observer.Set(LinkState.Down, "two");

        Assert.Equal(("two", since), (observer.Status.Reason, observer.Status.Since));
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Add(formatter(state, exception));
}
