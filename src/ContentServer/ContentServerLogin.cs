namespace Dwapi.ContentServer;

/// <summary>Who may log in at the content server: the silo.</summary>
/// <param name="ClientId">Its id.</param>
/// <param name="ClientSecret">Its secret.</param>
public sealed record ContentServerLogin(string ClientId, string ClientSecret)
{
    /// <summary>The record without its secret: what a log may show.</summary>
    public override string ToString() => ClientId;
}
