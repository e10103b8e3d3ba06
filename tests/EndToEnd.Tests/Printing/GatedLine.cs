using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>
/// The line to a content server or a printer, in the test's hand: it counts what comes back, and stops after so many bytes or at a word of a
/// request, so that whoever talks over it stays in that state until the test lets it go on.
/// </summary>
internal sealed class GatedLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _target;
    private readonly Lock _lock = new();
    private readonly List<Socket> _sockets = [];
    private readonly Task _accepting;
    private long _mayCome = long.MaxValue;
    private long _mayGo = long.MaxValue;
    private byte[]? _word;
    private bool _wordPasses;
    private TaskCompletionSource _reached = New();
    private TaskCompletionSource _opened = New();

    public GatedLine(Uri target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Bytes that came back from the target and were handed on.</summary>
    public long Came { get; private set; }

    /// <summary>Nothing passes any more, in either direction.</summary>
    public void Hold() => Set(0, 0, null, passes: false);

    /// <summary>So much more comes back, then nothing passes; the task ends then.</summary>
    public Task HoldAfterComing(long bytes) => Set(bytes, long.MaxValue, null, passes: false);

    /// <summary>So much more goes to the target, then nothing passes; the task ends then.</summary>
    public Task HoldAfterGoing(long bytes) => Set(long.MaxValue, bytes, null, passes: false);

    /// <summary>Nothing passes from a word of a request on, which itself reaches the target or does not; the task ends then.</summary>
    public Task HoldAt(string word, bool passes) => Set(long.MaxValue, long.MaxValue, Encoding.ASCII.GetBytes(word), passes);

    /// <summary>Everything passes again.</summary>
    public void Open()
    {
        TaskCompletionSource opened;
        lock (_lock)
        {
            (_mayCome, _mayGo, _word) = (long.MaxValue, long.MaxValue, null);
            opened = _opened;
            _opened = New();
        }

        opened.SetResult();
    }

    /// <summary>Breaks the present connections; what they held is lost.</summary>
    public void Break()
    {
        lock (_lock)
        {
            _sockets.ForEach(socket => socket.Dispose());
            _sockets.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Open();
        Break();
        await _accepting;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task Set(long mayCome, long mayGo, byte[]? word, bool passes)
    {
        lock (_lock)
        {
            (_mayCome, _mayGo, _word, _wordPasses, _reached) = (mayCome, mayGo, word, passes, New());
            return _reached.Task;
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = RunAsync(await _listener.AcceptSocketAsync());
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    private async Task RunAsync(Socket client)
    {
        var target = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        lock (_lock)
            _sockets.AddRange([client, target]);
        try
        {
            await target.ConnectAsync(IPAddress.Loopback, _target.Port);
            await await Task.WhenAny(PumpAsync(client, target, going: true), PumpAsync(target, client, going: false));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One of them is gone: so is the other, below.
        }

        lock (_lock)
        {
            client.Dispose();
            target.Dispose();
            _sockets.RemoveAll(socket => socket == client || socket == target);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool going)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer) is > 0 and var length)
        {
            for (var sent = 0; sent < length;)
            {
                var (may, wait) = Take(buffer.AsSpan(sent, length - sent), going);
                if (may == 0)
                    await wait;
                for (var end = sent + may; sent < end;)
                {
                    var handed = await to.SendAsync(buffer.AsMemory(sent, end - sent));
                    sent += handed;
                    if (!going)
                        Count(handed);
                }
            }
        }
    }

    // What is let through after a break goes nowhere, and did not come.
    private void Count(int handed)
    {
        lock (_lock)
            Came += handed;
    }

    /// <summary>How much of it may pass now; for 0, what to wait for.</summary>
    private (int Bytes, Task Opened) Take(ReadOnlySpan<byte> bytes, bool going)
    {
        lock (_lock)
        {
            var may = (int)Math.Min(bytes.Length, going ? _mayGo : _mayCome);
            if (going && may > 0 && _word is { } word && bytes.IndexOf(word) >= 0)
            {
                // A head is sent in one piece, and nothing before its answer behind it.
                may = _wordPasses ? may : 0;
                (_mayCome, _mayGo) = (0, may);
                _word = null;
            }

            if (going)
                _mayGo -= _mayGo == long.MaxValue ? 0 : may;
            else
                _mayCome -= _mayCome == long.MaxValue ? 0 : may;
            if (_mayGo == 0 || _mayCome == 0)
            {
                (_mayGo, _mayCome) = (0, 0);
                _reached.TrySetResult();
            }

            return (may, _opened.Task);
        }
    }
}
