using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dwapi.WebApi.Management;

/// <summary>The description of the management API: its routes only, with the token that they need.</summary>
internal static class OpenApiDocument
{
    public const string Name = "v1";

    private const string Scheme = "adminToken";

    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) is true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Dwapi management",
                Version = Name,
                Description = "Approvals, applications, edges and devices of one tenant. Every request needs the admin token.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Scheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = $"The token in the file {AdminToken.FileName} in the data directory.",
                },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(RawJson))
            {
                schema.Description = "JSON as the plug-in sent it.";
            }

            return Task.CompletedTask;
        });
    }
}
