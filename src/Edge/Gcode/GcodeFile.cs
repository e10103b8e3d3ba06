using System.Text;

namespace Dwapi.Edge.Gcode;

/// <summary>Reads a file of G-code line by line and knows how far it is; the file may be as large as it likes.</summary>
internal sealed class GcodeFile : IDisposable
{
    // Slicers keep whole scripts in one comment: what has no end of line in reach is no G-code.
    private const int LongestLine = 64 * 1024;

    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly StringBuilder _line = new();
    private int _at;
    private int _filled;

    public GcodeFile(string path)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        Length = _file.Length;
    }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Bytes before the next line.</summary>
    public long Position { get; private set; }

    /// <summary>The next line without its end; null after the last one.</summary>
    /// <exception cref="InvalidDataException">A line is longer than any command.</exception>
    public string? ReadLine()
    {
        _line.Clear();
        while (Fill())
        {
            var part = _buffer.AsSpan(_at, _filled - _at);
            var end = part.IndexOf((byte)'\n');
            var text = end < 0 ? part : part[..end];
            if (_line.Length + text.Length > LongestLine)
                throw new InvalidDataException($"a line at byte {Position} is longer than {LongestLine} bytes");
            _line.Append(Encoding.Latin1.GetString(text));
            var taken = end < 0 ? part.Length : end + 1;
            _at += taken;
            Position += taken;
            if (end >= 0)
                return _line.ToString().TrimEnd('\r');
        }

        return _line.Length > 0 ? _line.ToString() : null;
    }

    public void Dispose() => _file.Dispose();

    private bool Fill()
    {
        if (_at < _filled)
            return true;
        (_at, _filled) = (0, _file.Read(_buffer));
        return _filled > 0;
    }
}
