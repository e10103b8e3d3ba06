namespace Dwapi.Grains;

/// <summary>How long a grain waits for a stream: what is lost is read again, so nobody waits long.</summary>
internal static class StreamPatience
{
    /// <summary>
    /// While the silo is gone that has the queue of a stream, telling it would hold up the acknowledgement of a measurement, or the next
    /// change, for as long as a call may take.
    /// </summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
}
