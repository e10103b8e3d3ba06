using System.Globalization;

namespace Dwapi.Storage.Directories;

/// <summary>The directory where everything durable lies; held by one process at a time (DECISIONS 40).</summary>
internal sealed class DataDirectory : IDisposable
{
    /// <summary>Held open while the process lives and names it; the operating system lets go of it when the process dies.</summary>
    internal const string LockFile = "dwapi.lock";

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    /// <summary>Makes the directory when it is not there and takes it for this process.</summary>
    /// <exception cref="DataDirectoryException">Another process has it, or it cannot be written; one line with the way out.</exception>
    public static DataDirectory Take(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, fault);
        }

        try
        {
            var file = new FileStream(
                System.IO.Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            return new DataDirectory(path, file);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException || (fault is IOException && !IsHeldByAnother(fault)))
        {
            throw NotWritable(path, fault);
        }
        catch (IOException fault)
        {
            throw new DataDirectoryException(
                $"The data directory {path} is in use by another process (its id is in {LockFile}); stop that one or choose another with --Dwapi:DataDirectory=PATH.",
                fault);
        }
    }

    public void Dispose() => _lock.Dispose();

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsHeldByAnother(Exception fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static DataDirectoryException NotWritable(string path, Exception fault) =>
        new($"The data directory {path} cannot be written ({fault.Message}); choose another with --Dwapi:DataDirectory=PATH.", fault);
}
