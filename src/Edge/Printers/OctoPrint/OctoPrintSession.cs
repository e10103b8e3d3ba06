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
    private bool _letIn;

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
            if (await HearAsync(socket, cancellationToken).ConfigureAwait(false))
                read(_state, _state.Read(ends, pause, events: true));
        }
    }

    // The list of what we want goes first: what follows the login without it is everything.
    private async Task BeginAsync(PrinterSocket socket, CancellationToken cancellationToken)
    {
        var login = await LogInAsync(cancellationToken).ConfigureAwait(false);
        await socket.ConnectAsync(http.SocketAddress("sockjs/websocket"), null, cancellationToken).ConfigureAwait(false);
        var wanted = new JsonObject
        {
            ["state"] = new JsonObject { ["logs"] = false, ["messages"] = false },
            ["events"] = new JsonArray([.. OctoPrintEvents.Names.Select(one => JsonValue.Create(one))]),
            ["plugins"] = false,
        };
        await socket.SendAsync(new JsonObject { ["subscribe"] = wanted }, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(login, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(new JsonObject { ["throttle"] = Throttle }, cancellationToken).ConfigureAwait(false);
        while (!await HearAsync(socket, cancellationToken).ConfigureAwait(false) || _state.Text.Length == 0)
        {
        }
    }

    private async Task<JsonObject> LogInAsync(CancellationToken cancellationToken)
    {
        var login = await http.PostAsync("api/login", new JsonObject { ["passive"] = true }, cancellationToken).ConfigureAwait(false);
        var (name, session) = (PrinterJson.Text(login, "name"), PrinterJson.Text(login, "session"));
        return name.Length > 0 && session.Length > 0 ? new JsonObject { ["auth"] = $"{name}:{session}" } : throw http.Stranger();
    }

    /// <summary>True if the next message says how the printer is.</summary>
    private async ValueTask<bool> HearAsync(PrinterSocket socket, CancellationToken cancellationToken)
    {
        var message = await socket.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        if (!message.ContainsKey("reauthRequired"))
            return Take(message);

        // Our user was changed, or the session is forgotten: nothing is wrong with the printer. A login that is refused at once is none, though.
        if (!_letIn)
            throw new PrinterException(PrinterFault.Unreachable, "OctoPrint wants a new login");
        _letIn = false;
        await socket.SendAsync(await LogInAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return false;
    }

    private bool Take(JsonObject message)
    {
        if (PrinterJson.Object(message, "event") is { } told)
        {
            events.Take(told);
            return _state.Text.Length > 0;
        }

        if ((PrinterJson.Object(message, "current") ?? PrinterJson.Object(message, "history")) is not { } now)
            return false;
        _state = _state.Merge(now);
        _letIn = true;
        return true;
    }
}
