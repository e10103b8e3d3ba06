using System.Runtime.CompilerServices;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>Waits for what another turn will do; a look each millisecond, so that the processors are left to the grains. Gives up after 20 s of real time.</summary>
internal static class Eventually
{
    public static async Task<T> Is<T>(Func<ValueTask<T>> look, Func<T, bool> expected)
    {
        var end = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (expected(seen))
                return seen;
            Assert.True(TimeProvider.System.GetElapsedTime(end) < TimeSpan.FromSeconds(20), $"still {seen}");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    [OverloadResolutionPriority(1)]
    public static Task<T> Is<T>(Func<Task<T>> look, Func<T, bool> expected) => Is(async ValueTask<T> () => await look(), expected);
}
