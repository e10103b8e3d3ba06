using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Health;

/// <summary>
/// The masses that a scale sent lately by the Weight Scale service. A body composition measurement without weight belongs to the one
/// of the same weighing.
/// </summary>
internal sealed class RecentMasses
{
    private const int Most = 32;
    private const long SameWeighingMilliseconds = 60_000;

    private readonly Queue<(Quantity Mass, byte? User)> _masses = new();

    public void Add(in Quantity mass, byte? user)
    {
        if (_masses.Count == Most)
            _masses.Dequeue();
        _masses.Enqueue((mass, user));
    }

    /// <summary>The mass nearest in time, at most a minute away and not of another user.</summary>
    public Quantity? Find(long measuredAt, byte? user)
    {
        Quantity? nearest = null;
        var distance = SameWeighingMilliseconds + 1;
        foreach (var (mass, of) in _masses)
        {
            var away = Math.Abs(mass.Time.UnixMilliseconds - measuredAt);
            if (away >= distance || !IsSameWeighing(mass.Time.UnixMilliseconds, of, measuredAt, user))
                continue;
            nearest = mass;
            distance = away;
        }

        return nearest;
    }

    /// <summary>True for two records of one weighing: at most a minute apart and not of two users.</summary>
    public static bool IsSameWeighing(long measuredAt, byte? user, long otherMeasuredAt, byte? otherUser) =>
        Math.Abs(measuredAt - otherMeasuredAt) <= SameWeighingMilliseconds && (user is null || otherUser is null || user == otherUser);
}
