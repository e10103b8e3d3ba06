using Dwapi.Edge.DBus;
using Dwapi.Edge.Tests.Bluetooth;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.DBus;

/// <summary>The client on a real bus.</summary>
public sealed class DBusConnectionTests
{
    private static readonly DBusMethod Ping = new("org.freedesktop.DBus.Peer", "Ping");
    private static readonly DBusMethod Echo = new("dwapi.Test", "Echo", "s", "s");

    [Fact]
    public async Task Open_AuthenticatesAndGetsAUniqueName()
    {
        await using var bus = await PrivateBus.StartAsync();

        await using var connection = await bus.ConnectAsync();

        Assert.StartsWith(":1.", connection.UniqueName, StringComparison.Ordinal);
        Assert.Null(await connection.OwnerOfAsync("org.bluez", Patience.Token));
    }

    [Fact]
    public async Task Open_NoBus_SaysSo()
    {
        var error = await Assert.ThrowsAsync<DBusDisconnectedException>(() =>
            DBusConnection.OpenAsync(DBusAddress.Parse("unix:path=/nowhere/bus"), TimeProvider.System, Patience.Token));

        Assert.Contains("/nowhere/bus", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_FromAnotherConnection_IsAnswered()
    {
        await using var bus = await PrivateBus.StartAsync();
        await using var served = await bus.ConnectAsync();
        await using var caller = await bus.ConnectAsync();
        using var serving = served.Serve("/test", "dwapi.Test", (call, _) => Task.FromResult(call.Reply("s", call.ReadBody("s")[0])));

        Assert.Equal(["hello"], await caller.CallAsync(served.UniqueName, "/test", Echo, ["hello"], Patience.Token));
        Assert.Empty(await caller.CallAsync(served.UniqueName, "/any", Ping, [], Patience.Token));
        var unknown = await Assert.ThrowsAsync<DBusErrorException>(() => caller.CallAsync(served.UniqueName, "/other", Echo, [""], Patience.Token));
        Assert.Equal(DBusErrorException.UnknownMethod, unknown.Name);
        var nobody = await Assert.ThrowsAsync<DBusErrorException>(() => caller.CallAsync("org.bluez", "/", Ping, [], Patience.Token));
        Assert.Equal(DBusErrorException.ServiceUnknown, nobody.Name);
    }

    [Fact]
    public async Task Call_Cancelled_LeavesTheConnectionUsable()
    {
        await using var bus = await PrivateBus.StartAsync();
        await using var served = await bus.ConnectAsync();
        await using var caller = await bus.ConnectAsync();
        var asked = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        using var serving = served.Serve("/test", "dwapi.Test", async (call, _) =>
        {
            asked.TrySetResult();
            await release.Task;
            return call.Reply("s", "late");
        });
        using var giveUp = new CancellationTokenSource();

        var call = caller.CallAsync(served.UniqueName, "/test", Echo, ["x"], giveUp.Token);
        await asked.Task;
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        release.SetResult();

        Assert.Equal(["late"], await caller.CallAsync(served.UniqueName, "/test", Echo, ["x"], Patience.Token));
    }

    [Fact]
    public async Task Call_NotAnswered_EndsByTheClock()
    {
        await using var bus = await PrivateBus.StartAsync();
        await using var served = await bus.ConnectAsync();
        var time = new ManualTime();
        await using var caller = await DBusConnection.OpenAsync(DBusAddress.Parse(bus.Address), time, Patience.Token);
        var asked = new TaskCompletionSource();
        using var serving = served.Serve("/test", "dwapi.Test", async (call, stop) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            return call.Reply();
        });

        var call = caller.CallAsync(served.UniqueName, "/test", Echo, ["x"], Patience.Token);
        await asked.Task;
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(DBusErrorException.NoReply, (await Assert.ThrowsAsync<DBusErrorException>(() => call)).Name);
    }

    [Fact]
    public async Task Bus_Dies_FailsWhatWaitsAndComesBack()
    {
        await using var bus = await PrivateBus.StartAsync();
        var failed = new TaskCompletionSource();
        var keeping = new DBusBus(DBusAddress.Parse(bus.Address), TimeProvider.System, _ => failed.TrySetResult());
        var sessions = System.Threading.Channels.Channel.CreateUnbounded<DBusConnection>();
        using var stop = new CancellationTokenSource();
        var running = keeping.RunAsync(
            async (connection, end) =>
            {
                sessions.Writer.TryWrite(connection);
                await connection.Closed.WaitAsync(end);
            },
            stop.Token);
        var first = await sessions.Reader.ReadAsync(Patience.Token);
        using var serving = first.Serve("/test", "dwapi.Test", async (call, end) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, end);
            return call.Reply();
        });
        var pending = first.CallAsync(first.UniqueName, "/test", Echo, ["x"], Patience.Token);

        await bus.KillAsync();
        await Assert.ThrowsAsync<DBusDisconnectedException>(() => pending);
        await failed.Task.WaitAsync(Patience.Token);
        await bus.StartAgainAsync();

        Assert.NotSame(first, await sessions.Reader.ReadAsync(Patience.Token));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
