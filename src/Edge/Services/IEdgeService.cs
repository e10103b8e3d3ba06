using Dwapi.Gotapi.Frames;

namespace Dwapi.Edge.Services;

/// <summary>A device of this edge as a service. Its lock is held around every use.</summary>
internal interface IEdgeService
{
    Lock Gate { get; }

    /// <summary>The announcement; null while too little is known.</summary>
    ServiceAnnouncement? Announcement();
}
