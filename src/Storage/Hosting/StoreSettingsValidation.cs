using Dwapi.Grains.Settings;
using Dwapi.Storage.PostgreSql;
using Microsoft.Extensions.Options;

namespace Dwapi.Storage.Hosting;

/// <summary>Refuses settings that contradict each other: nobody should find out later in which database the measurements are.</summary>
internal sealed class StoreSettingsValidation(IServiceProvider services) : IValidateOptions<DwapiOptions>
{
    private const string Setting = $"ConnectionStrings:{PostgreSqlSource.Name}";

    public ValidateOptionsResult Validate(string? name, DwapiOptions options)
    {
        var connectionString = StoreKind.ConnectionString(services);
        if (StoreKind.Of(options, connectionString) != StoreKind.Postgres)
        {
            return connectionString.Length == 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{Setting} is set, but Dwapi:Store is '{options.Store}'; remove one of them.");
        }

        return connectionString.Length == 0
            ? ValidateOptionsResult.Fail($"Dwapi:Store=postgres needs {Setting}, such as Host=db;Username=dwapi;Password=...;Database=dwapi.")
            : PostgreSqlSource.Problem(connectionString) is { } problem
                ? ValidateOptionsResult.Fail($"{Setting} is wrong: {problem.TrimEnd('.')}.")
                : ValidateOptionsResult.Success;
    }
}
