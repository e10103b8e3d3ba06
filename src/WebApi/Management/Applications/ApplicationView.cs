namespace Dwapi.WebApi.Management.Applications;

/// <summary>An application, that is a web origin or native application id.</summary>
/// <param name="Origin">The origin.</param>
/// <param name="Clients">How many clients it has.</param>
/// <param name="HasKey">True when it has an HMAC key of its own (handed over by launch URI or here).</param>
public sealed record ApplicationView(string Origin, int Clients, bool HasKey);
