namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>Looks until something is so, at most two minutes.</summary>
internal static class Eventually
{
    public static Task True(Func<bool> look, string what) => True(() => Task.FromResult(look()), what);

    public static async Task True(Func<Task<bool>> look, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await look())
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"not within two minutes: {what}");
            }
        }
    }
}
