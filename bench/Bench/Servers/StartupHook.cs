using System.Globalization;
using System.Net.Sockets;
using System.Text;

/// <summary>
/// Loaded by the runtime into a measured host (DOTNET_STARTUP_HOOKS looks for this name in the global namespace): tells the bench how
/// much memory is alive, which nobody can see from outside.
/// </summary>
internal static class StartupHook
{
    /// <summary>Environment variable with the path of the Unix socket to answer on.</summary>
    public const string SocketVariable = "DWAPI_BENCH_PROBE";

    /// <summary>Called by the runtime before Main.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(SocketVariable) is { Length: > 0 } path)
        {
            new Thread(() => Serve(path)) { IsBackground = true, Name = "bench probe" }.Start();
        }
    }

    private static void Serve(string path)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        while (true)
        {
            using var asking = listener.Accept();
            asking.Send(Encoding.ASCII.GetBytes(Answer()));
        }
    }

    // Twice: what the first collection finalizes, the second frees.
    private static string Answer()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return string.Create(
            CultureInfo.InvariantCulture, $"{GC.GetTotalMemory(false)} {Environment.WorkingSet} {GC.GetTotalAllocatedBytes(precise: true)}");
    }
}
