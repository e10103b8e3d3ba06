using System.Globalization;
using System.Text;

namespace Dwapi.Edge.Printers.Slicing;

/// <summary>
/// What a running slicer says on its two outputs: progress, <c>NN => text</c>, and complaints, of which the last are kept. It may say as much as
/// it likes, in lines as long as it likes.
/// </summary>
/// <param name="progress">Told of each step.</param>
internal sealed class SlicerTalk(Action<SliceProgress> progress)
{
    private const int LongestLine = 400;
    private const int KeptLines = 10;

    private readonly Queue<string> _complaints = [];
    private double _part;

    /// <summary>The last complaints, the last one last.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
                return [.. _complaints];
        }
    }

    /// <summary>Reads the output until its end.</summary>
    public Task ReadOutputAsync(TextReader reader) => ReadAsync(reader, Hear);

    /// <summary>Reads the error output until its end.</summary>
    public Task ReadErrorsAsync(TextReader reader) => ReadAsync(reader, Keep);

    private static async Task ReadAsync(TextReader reader, Action<string> take)
    {
        var buffer = new char[4096];
        var line = new StringBuilder();
        while (await reader.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var read)
        {
            for (var i = 0; i < read; i++)
            {
                if (buffer[i] == '\n')
                    Flush();
                else if (line.Length < LongestLine && !char.IsControl(buffer[i]))
                    line.Append(buffer[i]);
            }
        }

        Flush();

        void Flush()
        {
            if (line.Length > 0)
                take(line.ToString());
            line.Clear();
        }
    }

    private void Hear(string line)
    {
        var arrow = line.IndexOf(" => ", StringComparison.Ordinal);
        if (arrow is > 0 and < 4 && int.TryParse(line.AsSpan(0, arrow), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent <= 100)
        {
            _part = Math.Max(_part, percent / 100.0);
            progress(new SliceProgress(_part, line[(arrow + 4)..]));
        }
        else if (line.Contains("[error]", StringComparison.Ordinal))
        {
            Keep(line[(line.IndexOf("[error]", StringComparison.Ordinal) + "[error]".Length)..].Trim());
        }
    }

    private void Keep(string line)
    {
        lock (_complaints)
        {
            if (_complaints.Count == KeptLines)
                _complaints.Dequeue();
            _complaints.Enqueue(line.Trim());
        }
    }
}
