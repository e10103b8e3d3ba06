using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Dwapi.Edge.DBus;

/// <summary>
/// One connection to a bus: calls, signals, answers to incoming calls. It does not come back once it has ended; see <see cref="DBusBus"/>.
/// </summary>
internal sealed class DBusConnection : IAsyncDisposable
{
    private const string BusName = "org.freedesktop.DBus";
    private const string BusPath = "/org/freedesktop/DBus";
    private const string Peer = "org.freedesktop.DBus.Peer";

    private static readonly DBusMethod Hello = new(BusName, "Hello", "", "s");
    private static readonly DBusMethod AddMatch = new(BusName, "AddMatch", "s");
    private static readonly DBusMethod GetNameOwner = new(BusName, "GetNameOwner", "s", "s");
    private static readonly DBusMethod StartServiceByName = new(BusName, "StartServiceByName", "su", "u");

    // A connect of BlueZ takes up to 40 s.
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(60);

    private readonly DBusSocket _socket;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<DBusMessage>> _calls = new();
    private readonly ConcurrentDictionary<(string Path, string Interface), DBusMethodHandler> _objects = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private ImmutableList<(DBusMatch Match, Action<DBusMessage> Handler)> _listeners = [];
    private DBusException? _ended;
    private uint _serial;

    private DBusConnection(DBusSocket socket, TimeProvider time)
    {
        _socket = socket;
        _time = time;
        _reading = ReadAsync();
    }

    /// <summary>The name that the bus gave to this connection.</summary>
    public string UniqueName { get; private set; } = "";

    /// <summary>Ends, without fault, when the connection does.</summary>
    public Task Closed => _reading;

    /// <summary>Connects, authenticates and says Hello.</summary>
    /// <exception cref="DBusException">There is no bus, or it refuses.</exception>
    public static async Task<DBusConnection> OpenAsync(DBusAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new DBusConnection(await DBusSocket.OpenAsync(address, cancellationToken).ConfigureAwait(false), time);
        try
        {
            connection.UniqueName = (string)(await connection.CallBusAsync(Hello, [], cancellationToken).ConfigureAwait(false))[0];
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Calls a method and waits for its answer.</summary>
    /// <param name="destination">Name of the service.</param>
    /// <param name="path">The object.</param>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Gives up waiting; the call may be done nevertheless.</param>
    /// <exception cref="DBusException">It failed, was not answered in time, or the connection ended.</exception>
    public async Task<object[]> CallAsync(
        string destination, string path, DBusMethod method, object[] arguments, CancellationToken cancellationToken)
    {
        var serial = NextSerial();
        var answered = new TaskCompletionSource<DBusMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[serial] = answered;
        using var limit = new CancellationTokenSource(LongestCall, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Entered first, looked at then: a connection that ends in between fails the call one way or the other.
            if (Volatile.Read(ref _ended) is { } ended)
                throw new DBusDisconnectedException(ended.Message, ended);
            await _socket.SendAsync(new DBusMessage
            {
                Type = DBusMessageType.Call,
                Serial = serial,
                Destination = destination,
                Path = path,
                Interface = method.Interface,
                Member = method.Member,
            }.With(method.Takes, arguments)).ConfigureAwait(false);
            var answer = await answered.Task.WaitAsync(either.Token).ConfigureAwait(false);
            return answer.Type == DBusMessageType.Return
                ? answer.ReadBody(method.Gives)
                : throw new DBusErrorException(answer.ErrorName!, answer.Signature.Text == "s" ? (string)answer.ReadBody("s")[0] : "");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DBusErrorException(DBusErrorException.NoReply, $"{method.Member} was not answered within {LongestCall.TotalSeconds:0} s");
        }
        finally
        {
            _calls.TryRemove(serial, out _);
        }
    }

    /// <summary>
    /// Asks for signals. The handler runs on the reading loop, one signal after the other: it must not wait. Bodies are not read before:
    /// a malformed one is the handler's, and its <see cref="DBusProtocolException"/> ends nothing but the handling of this signal.
    /// </summary>
    public async Task ListenAsync(DBusMatch match, Action<DBusMessage> handler, CancellationToken cancellationToken)
    {
        ImmutableInterlocked.Update(ref _listeners, (listeners, added) => listeners.Add(added), (match, handler));
        await CallBusAsync(AddMatch, [match.Rule], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The unique name behind a name, or null.</summary>
    public async Task<string?> OwnerOfAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (string)(await CallBusAsync(GetNameOwner, [name], cancellationToken).ConfigureAwait(false))[0];
        }
        catch (DBusErrorException e) when (e.Name == DBusErrorException.NameHasNoOwner)
        {
            return null;
        }
    }

    /// <summary>Has the bus start who owns a name.</summary>
    /// <returns>False if the bus does not know how, or it did not start.</returns>
    public async Task<bool> StartServiceAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await CallBusAsync(StartServiceByName, [name, 0u], cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DBusErrorException)
        {
            return false;
        }
    }

    /// <summary>Answers calls of an interface at a path of this connection, until the returned object is disposed.</summary>
    public IDisposable Serve(string path, string @interface, DBusMethodHandler handler)
    {
        _objects[(path, @interface)] = handler;
        return new Served(_objects, (path, @interface));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    private Task<object[]> CallBusAsync(DBusMethod method, object[] arguments, CancellationToken cancellationToken) =>
        CallAsync(BusName, BusPath, method, arguments, cancellationToken);

    private uint NextSerial()
    {
        uint serial;
        do
            serial = Interlocked.Increment(ref _serial);
        while (serial == 0);
        return serial;
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
                Dispatch(await _socket.ReceiveAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (Exception e) when (e is DBusException or OperationCanceledException)
        {
            Volatile.Write(ref _ended, e as DBusException ?? new DBusDisconnectedException("The connection was closed.", e));
        }
        finally
        {
            _socket.Dispose();
            foreach (var serial in _calls.Keys)
            {
                if (_calls.TryRemove(serial, out var call))
                    call.TrySetException(new DBusDisconnectedException("The bus hung up before it answered.", _ended));
            }
        }
    }

    private void Dispatch(DBusMessage message)
    {
        switch (message.Type)
        {
            case DBusMessageType.Return or DBusMessageType.Error:
                // An answer to a call that was given up finds nobody.
                if (_calls.TryRemove(message.ReplySerial!.Value, out var call))
                    call.TrySetResult(message);
                break;
            case DBusMessageType.Signal:
                foreach (var (match, handler) in _listeners)
                {
                    if (!match.Fits(message))
                        continue;
                    try
                    {
                        handler(message);
                    }
                    catch (DBusProtocolException)
                    {
                    }
                }

                break;
            case DBusMessageType.Call:
                _ = AnswerAsync(message);
                break;
        }
    }

    private async Task AnswerAsync(DBusMessage call)
    {
        // Off the reading loop: an agent may ask a person.
        await Task.Yield();
        DBusMessage answer;
        try
        {
            answer = call.Interface == Peer && call.Member == "Ping" ? call.Reply()
                : _objects.TryGetValue((call.Path!, call.Interface ?? ""), out var handler) ? await handler(call, _stop.Token).ConfigureAwait(false)
                : call.Error(DBusErrorException.UnknownMethod, $"There is no {call.Interface}.{call.Member} here.");
        }
        catch (DBusErrorException e)
        {
            answer = call.Error(e.Name, e.Message);
        }
        catch (Exception e) when (e is DBusProtocolException or OperationCanceledException)
        {
            answer = call.Error("org.freedesktop.DBus.Error.Failed", e.Message);
        }

        if (!call.ExpectsReply)
            return;
        try
        {
            await _socket.SendAsync(answer with { Serial = NextSerial() }).ConfigureAwait(false);
        }
        catch (DBusDisconnectedException)
        {
            // Who asked is gone too.
        }
    }

    private sealed class Served(ConcurrentDictionary<(string Path, string Interface), DBusMethodHandler> objects, (string, string) key) : IDisposable
    {
        public void Dispose() => objects.TryRemove(key, out _);
    }
}
