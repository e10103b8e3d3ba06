using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Connections;

namespace Dwapi.Edge.Printers.OctoPrint;

/// <summary>One push connection to OctoPrint, from login to its end.</summary>
internal sealed class OctoPrintSession(PrinterHttp http, JobEnds ends, AskedPause pause, OctoPrintEvents events, TimeProvider time)
{
    // Readings are reported once a second at most, so more often than that (in steps of 500 ms) is of no use.
    private const int Throttle = 2;

    private static readonly TimeSpan FirstWithin = TimeSpan.FromSeconds(10);

    private OctoPrintState _state = new();

    /// <summary>Runs until the connection ends.</summary>
    /// <param name="begun">OctoPrint lets us in and tells how the printer is: from here on, nothing is missed.</param>
    /// <param name="read">Takes each reading, and the state that it was made of.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PrinterException">There is no connection to be had, or it ended.</exception>
    public async Task RunAsync(
        Func<OctoPrintState, CancellationToken, Task> begun, Action<OctoPrintState, PrinterReading> read, CancellationToken cancellationToken)
    {
        using var socket = new PrinterSocket(http.Stranger);
        using (var limit = new CancellationTokenSource(FirstWithin, time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token))
        {
            try
            {
                await BeginAsync(socket, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new PrinterException(PrinterFault.Unreachable, $"OctoPrint pushes nothing within {FirstWithin.TotalSeconds:0} s");
            }
        }

        await begun(_state, cancellationToken).ConfigureAwait(false);
        read(_state, _state.Read(ends, pause, events: false));
        while (true)
        {
            if (Take(await socket.ReceiveAsync(cancellationToken).ConfigureAwait(false)))
                read(_state, _state.Read(ends, pause, events: true));
        }
    }

    // The list of what we want goes first: what follows the login without it is everything.
    private async Task BeginAsync(PrinterSocket socket, CancellationToken cancellationToken)
    {
        var login = await http.PostAsync("api/login", new JsonObject { ["passive"] = true }, cancellationToken).ConfigureAwait(false);
        var (name, session) = (PrinterJson.Text(login, "name"), PrinterJson.Text(login, "session"));
        if (name.Length == 0 || session.Length == 0)
            throw http.Stranger();
        await socket.ConnectAsync(http.SocketAddress("sockjs/websocket"), null, cancellationToken).ConfigureAwait(false);
        var wanted = new JsonObject
        {
            ["state"] = new JsonObject { ["logs"] = false, ["messages"] = false },
            ["events"] = new JsonArray([.. OctoPrintEvents.Names.Select(one => JsonValue.Create(one))]),
            ["plugins"] = false,
        };
        await socket.SendAsync(new JsonObject { ["subscribe"] = wanted }, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(new JsonObject { ["auth"] = $"{name}:{session}" }, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(new JsonObject { ["throttle"] = Throttle }, cancellationToken).ConfigureAwait(false);
        while (!Take(await socket.ReceiveAsync(cancellationToken).ConfigureAwait(false)) || _state.Text.Length == 0)
        {
        }
    }

    /// <summary>True if the message says how the printer is.</summary>
    private bool Take(JsonObject message)
    {
        if (message.ContainsKey("reauthRequired"))
            throw new PrinterException(PrinterFault.Unreachable, "OctoPrint wants a new login");
        if (PrinterJson.Object(message, "event") is { } told)
        {
            events.Take(told);
            return _state.Text.Length > 0;
        }

        if ((PrinterJson.Object(message, "current") ?? PrinterJson.Object(message, "history")) is not { } now)
            return false;
        _state = _state.Merge(now);
        return true;
    }
}
