using Dwapi.Grains.Devices;

namespace Dwapi.Storage.Registry;

/// <summary>
/// All words on one service, and the rule of who owns it (DECISIONS 4): the latest announcer. One that says offline takes nothing from
/// one that says online: calls are forwarded to the owner.
/// </summary>
internal readonly struct Announcements(IReadOnlyList<Announcement> all)
{
    public IReadOnlyList<Announcement> All { get; } = all;

    public Announcement? Owner => All.Count == 1 ? All[0] : All.OrderByDescending(a => (a.Online, a.Order)).FirstOrDefault();

    public Announcement? Of(string edge) => All.FirstOrDefault(a => a.Edge == edge);

    /// <summary>These with the newest word of an edge.</summary>
    public Announcements With(Announcement newest)
    {
        var order = 1 + All.Select(a => a.Order).DefaultIfEmpty(0).Max();
        return new Announcements([.. All.Where(a => a.Edge != newest.Edge), newest with { Order = order }]);
    }

    public Announcements Without(string edge) => new([.. All.Where(a => a.Edge != edge)]);

    /// <summary>Words of an earlier state that are not among these.</summary>
    public IEnumerable<Announcement> Gone(Announcements before)
    {
        var now = this;
        return before.All.Where(a => now.Of(a.Edge) is null);
    }

    /// <summary>Words that are new since an earlier state, or whose edge became the owner or no longer is.</summary>
    public IEnumerable<(Announcement Announcement, bool Owner)> Changed(Announcements before)
    {
        var (oldOwner, owner) = (before.Owner?.Edge, Owner?.Edge);
        foreach (var announcement in All)
        {
            var same = ReferenceEquals(before.Of(announcement.Edge), announcement);
            if (!same || (announcement.Edge == oldOwner) != (announcement.Edge == owner))
            {
                yield return (announcement, announcement.Edge == owner);
            }
        }
    }

    public ServiceRegistration? Show(string serviceId) => Owner?.Show(serviceId, All.Any(a => a.Online));

    /// <summary>True when what the server shows is the same.</summary>
    public bool ShowTheSame(Announcements other)
    {
        var (mine, theirs) = (Owner, other.Owner);
        return mine is null || theirs is null
            ? mine == theirs
            : mine.Edge == theirs.Edge && mine.SaysTheSame(theirs with { Online = mine.Online })
                && All.Any(a => a.Online) == other.All.Any(a => a.Online);
    }
}
