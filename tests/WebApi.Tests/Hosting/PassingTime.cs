using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>A clock that goes by itself for a while.</summary>
internal static class PassingTime
{
    /// <summary>
    /// Lets time pass until something happened: how soon the server began to wait is not known here. No faster than twenty times the real
    /// one, so that what has to answer within some seconds, a minute at most, can do so on a busy machine.
    /// </summary>
    public static async Task<T> PassUntil<T>(this FakeClock clock, Task<T> until)
    {
        while (!until.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.WhenAny(until, Task.Delay(1, TestContext.Current.CancellationToken));
        }

        return await until;
    }
}
